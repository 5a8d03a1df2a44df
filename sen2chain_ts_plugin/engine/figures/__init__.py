"""What is shown: colours, plots, quicklooks, pages."""
