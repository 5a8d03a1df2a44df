"""Zones meet products: which are to do, their pixels, their rows."""
