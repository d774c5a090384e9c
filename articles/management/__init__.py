"""Parts of the commands beside the models: progress, throw-away databases, checks of the public pages."""
