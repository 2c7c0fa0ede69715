from flask_script import Manager

from shop import app

manager = Manager(app)
