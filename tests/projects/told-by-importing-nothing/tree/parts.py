REGISTRY = {"shop": "a text"}
