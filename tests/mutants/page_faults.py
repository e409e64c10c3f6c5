PAGE: list = []
