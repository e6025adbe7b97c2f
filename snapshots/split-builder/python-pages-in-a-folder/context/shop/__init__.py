from flask import Flask

app = Flask(__name__, static_folder="../frontend/dist", static_url_path="/")


@app.get("/prices")
def prices():
    return {"tea": 4}
