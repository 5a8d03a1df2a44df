"""How units of work reach threads, tasks of QGIS and other machines."""
