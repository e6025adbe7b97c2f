from setuptools import setup

setup(name="shelf", py_modules=["shelf"])
