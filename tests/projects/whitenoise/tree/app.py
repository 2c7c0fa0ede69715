from flask import Flask
from whitenoise import WhiteNoise

app = Flask(__name__)
app.wsgi_app = WhiteNoise(app.wsgi_app, root="public/")
app.wsgi_app.add_files("more", prefix="more-files/")
