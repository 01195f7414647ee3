"""Scripts that measure: figures side by side, and checks that need pages which are not ours to keep."""
