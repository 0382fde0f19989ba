"""From files to the graph: read documents, extract what they say, hand both to a store."""
