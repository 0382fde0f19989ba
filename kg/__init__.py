"""A knowledge graph of machine-learning papers in which every edge shows the sentence that states it."""
