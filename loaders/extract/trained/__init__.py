"""The trained reader at run time: an ONNX encoder, and heads in NumPy; nothing here needs the libraries of training."""
