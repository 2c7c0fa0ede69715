raise ImportError('not this one')
