from shop.wsgi import application
