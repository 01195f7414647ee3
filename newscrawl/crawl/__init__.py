"""What Scrapy needs around the house: spider, politeness, fates, health, reading pool, runner."""
