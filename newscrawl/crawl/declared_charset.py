"""An answer that declares a character set nobody can decode -> one whose text can be read: the reader finds the set by itself."""

from scrapy import Request
from scrapy.http import Response, TextResponse


class DeclaredCharsetMiddleware:
    """Downloader middleware, before those that read an answer's text (meta refresh).

    Python knows codecs that are no character sets of pages: `charset=rot13`, `idna`, `undefined` raised LookupError or
    UnicodeError in Scrapy's `response.text`, and the page was lost. The headers stay as they came.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer, with UTF-8 in place of a declared set that raises."""
        if not isinstance(response, TextResponse):
            return response
        try:
            _ = response.text
        except (LookupError, UnicodeError):
            return response.replace(encoding="utf-8")
        return response
