"""Between QGIS and the engine: messages, translations, tasks, options, versions."""
