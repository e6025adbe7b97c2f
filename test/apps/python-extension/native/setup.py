from setuptools import Extension, setup

setup(name="sums", version="1.0", ext_modules=[Extension("sums", ["sums.c"], libraries=["z"])])
