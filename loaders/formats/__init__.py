"""One module a format: bytes of a stream in, `Document`s and `Problem`s out."""
