import cherrypy


class Root:
    pass


application = cherrypy.Application(Root(), "/")
