#include "python/wsgi/file_wrapper.hpp"

#include "python/object.hpp"

namespace warp::python::wsgi {
namespace {

constexpr Py_ssize_t kDefaultBlock = 8192;

PyObject* on_new(PyTypeObject* type, PyObject* arguments, PyObject* keywords) {
  if (keywords != nullptr && PyDict_Size(keywords) > 0) {
    PyErr_SetString(PyExc_TypeError, "wsgi.file_wrapper takes positional arguments only");
    return nullptr;
  }
  PyObject* file = nullptr;
  Py_ssize_t block_size = kDefaultBlock;
  if (PyArg_ParseTuple(arguments, "O|n:wsgi.file_wrapper", &file, &block_size) == 0) return nullptr;
  if (block_size <= 0) {
    PyErr_Format(PyExc_ValueError, "wsgi.file_wrapper: block size %zd is not positive", block_size);
    return nullptr;
  }
  return make_object<FileWrapper>(reinterpret_cast<PyObject*>(type),
                                  FileWrapper{Ref::borrow(file), block_size})
      .release();
}

void on_dealloc(PyObject* self) {
  PyObject_GC_UnTrack(self);
  destroy_object<FileWrapper>(self);
}

int on_traverse(PyObject* self, visitproc visit, void* arg) {
  Py_VISIT(state_of<FileWrapper>(self).file.get());
  return visit_type(self, visit, arg);
}

int on_clear(PyObject* self) {
  // None and not nothing: what else is being collected may still call us.
  state_of<FileWrapper>(self).file = Ref::none();
  return 0;
}

PyObject* on_next(PyObject* self) {
  return at_python_boundary([self](Gil& /*held*/) -> Ref {
    const FileWrapper& wrapper = state_of<FileWrapper>(self);
    const Ref file = wrapper.file;
    Ref block = Ref::steal(PyObject_CallMethod(file.get(), "read", "n", wrapper.block_size));
    if (!block) return {};
    const int is_true = PyObject_IsTrue(block.get());
    return is_true == 1 ? block : Ref();
  });
}

Ref on_close(Gil& /*held*/, FileWrapper& wrapper, Arguments /*none*/) {
  const Ref file = wrapper.file;
  const Ref close = Ref::steal(PyObject_GetAttrString(file.get(), "close"));
  if (close) return Ref::steal(PyObject_CallObject(close.get(), nullptr));
  if (PyErr_ExceptionMatches(PyExc_AttributeError) == 0) return {};
  PyErr_Clear();
  return Ref::none();
}

}  // namespace

Ref make_file_wrapper_type() {
  static PyMethodDef methods[] = {
      method<FileWrapper, on_close>("close", "close(): closes the file"),
      {nullptr, nullptr, 0, nullptr}};
  static char documentation[] =
      "FileWrapper(filelike, block_size=8192): wsgi.file_wrapper of PEP 3333, an iterable over a "
      "file";
  static PyType_Slot slots[] = {slot(Py_tp_new, on_new),
                                slot(Py_tp_dealloc, on_dealloc),
                                slot(Py_tp_traverse, on_traverse),
                                slot(Py_tp_clear, on_clear),
                                slot(Py_tp_iter, PyObject_SelfIter),
                                {Py_tp_doc, documentation},
                                slot(Py_tp_iternext, on_next),
                                {Py_tp_methods, methods},
                                {0, nullptr}};
  static PyType_Spec spec = {"warp.FileWrapper", sizeof(Object<FileWrapper>), 0,
                             Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, slots};
  return Ref::steal(PyType_FromSpec(&spec));
}

}  // namespace warp::python::wsgi
