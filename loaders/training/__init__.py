"""Training the reader of `loaders.extract`: annotated papers and base weights in, model files and a model card out.

It needs the extra `train`; nothing that a user runs imports it.
"""
