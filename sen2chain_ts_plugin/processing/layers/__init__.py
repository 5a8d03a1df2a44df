"""Layers of QGIS: zones that come in, tables that go out."""
