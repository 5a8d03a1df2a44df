"""QGIS Processing: declares parameters, converts values, delegates to the engine. Nothing is computed here."""
