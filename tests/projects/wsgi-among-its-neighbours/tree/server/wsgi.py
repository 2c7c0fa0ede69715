from pages import application
