"""Service orders on the desk: asked for somebody, confirmed, complained about, settled by the month."""
