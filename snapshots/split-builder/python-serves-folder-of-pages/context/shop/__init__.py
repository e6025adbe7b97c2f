import os

from flask import Flask

app = Flask(__name__, static_folder=os.path.join("..", "frontend"), static_url_path="/")


@app.get("/prices")
def prices():
    return {"tea": 4}
