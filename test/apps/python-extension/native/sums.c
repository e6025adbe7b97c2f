#include <Python.h>
#include <zlib.h>

/* The checksum of some bytes, by zlib. */
static PyObject *checksum(PyObject *self, PyObject *arg) {
  Py_buffer view;
  if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0) return NULL;
  unsigned long sum = adler32(adler32(0L, Z_NULL, 0), view.buf, (uInt)view.len);
  PyBuffer_Release(&view);
  return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef methods[] = {{"checksum", checksum, METH_O, "The checksum of some bytes."}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "sums", NULL, -1, methods};

PyMODINIT_FUNC PyInit_sums(void) { return PyModule_Create(&module); }
