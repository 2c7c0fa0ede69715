import parts

app = parts.REGISTRY["shop"]
