"""The graphical interface: docks, charts, widgets. Imported only where QGIS has a window."""
