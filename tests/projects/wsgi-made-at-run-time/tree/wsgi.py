import shop

globals()['application'] = shop.make()
