"""The dialogs of the algorithms, and the choices they offer."""
