from bottle import *

app = Bottle()
