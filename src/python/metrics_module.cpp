#include "python/metrics_module.hpp"

#include <unistd.h>

#include <string>
#include <vector>

#include "base/log.hpp"
#include "figures/series_reader.hpp"
#include "python/object.hpp"
#include "python/sources.hpp"
#include "python/text.hpp"

namespace warp::python {
namespace {

using figures::Series;

constexpr const char* kSeries = "warp.Series";
constexpr long kNoCell = -1;

// Null with an exception.
const Series* series_of(PyObject* capsule) {
  return static_cast<const Series*>(PyCapsule_GetPointer(capsule, kSeries));
}

Ref number_of(std::optional<std::uint32_t> cell) {
  return Ref::steal(PyLong_FromLong(cell ? static_cast<long>(*cell) : kNoCell));
}

Ref refuse(const std::string& why) {
  PyErr_SetString(PyExc_ValueError, why.c_str());
  return {};
}

// False with an exception.
bool read_names(PyObject* tuple, std::string& names) {
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(tuple); ++i) {
    PyObject* const item = PyTuple_GET_ITEM(tuple, i);
    const auto name = PyUnicode_Check(item) ? utf8_of(item) : std::nullopt;
    if (!name || !figures::is_label_name(*name)) {
      if (PyErr_Occurred() == nullptr)
        PyErr_Format(PyExc_ValueError,
                     "%R is not a label's name: letters, digits and underscores, no digit first, "
                     "not two underscores first, and not le, quantile or group",
                     item);
      return false;
    }
    if (!names.empty()) names += ',';
    names += *name;
  }
  return true;
}

bool read_ends(PyObject* tuple, std::vector<double>& ends) {
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(tuple); ++i)
    ends.push_back(PyFloat_AsDouble(PyTuple_GET_ITEM(tuple, i)));
  return PyErr_Occurred() == nullptr;
}

// A metric that there is no room for is counted nowhere; the application goes on.
Ref declare_shape(const Series& series, const figures::FamilyShape& shape) {
  const auto family = series.declare(shape);
  if (family) return Ref::steal(PyLong_FromUnsignedLong(*family));
  if (family.error().code == Errc::kTooLarge) return refuse(family.error().detail);
  log_warn("metric without room", {{"name", shape.name}, {"reason", family.error().detail}});
  return Ref::steal(PyLong_FromLong(kNoCell));
}

PyObject* declare(PyObject* capsule, PyObject* arguments) {
  return at_python_boundary([capsule, arguments](Gil& /*held*/) -> Ref {
    const Series* const series = series_of(capsule);
    const char* name = nullptr;
    const char* help = nullptr;
    unsigned kind = 0;
    PyObject* labels = nullptr;
    PyObject* ends = nullptr;
    if (series == nullptr || PyArg_ParseTuple(arguments, "sIsO!O!:_declare", &name, &kind, &help,
                                              &PyTuple_Type, &labels, &PyTuple_Type, &ends) == 0)
      return {};
    if (!figures::is_metric_name(name) || kind >= figures::kSeriesKinds)
      return refuse("'" + std::string(name) +
                    "' is not a metric's name: letters, digits, underscores and colons, no digit "
                    "first, not warp_ first, and none of _total, _bucket, _count, _sum, _created, "
                    "_info last");
    std::string names;
    std::vector<double> numbers;
    if (!read_names(labels, names) || !read_ends(ends, numbers)) return {};
    return declare_shape(*series, {.name = name,
                                   .kind = static_cast<figures::SeriesKind>(kind),
                                   .help = help,
                                   .labels = names,
                                   .ends = numbers});
  });
}

// A family of -1 has no cells.
PyObject* cell(PyObject* capsule, PyObject* arguments) {
  return at_python_boundary([capsule, arguments](Gil& /*held*/) -> Ref {
    const Series* const series = series_of(capsule);
    int family = 0;
    unsigned part = 0;
    const char* labels = nullptr;
    Py_ssize_t size = 0;
    if (series == nullptr ||
        PyArg_ParseTuple(arguments, "iIy#:_cell", &family, &part, &labels, &size) == 0)
      return {};
    if (family < 0) return number_of(std::nullopt);
    return number_of(series->cell({.family = static_cast<std::uint32_t>(family),
                                   .part = part,
                                   .labels = {labels, static_cast<std::size_t>(size)}}));
  });
}

PyObject* own_cell(PyObject* capsule, PyObject* arguments) {
  return at_python_boundary([capsule, arguments](Gil& /*held*/) -> Ref {
    const Series* const series = series_of(capsule);
    int family = 0;
    const char* labels = nullptr;
    Py_ssize_t size = 0;
    if (series == nullptr ||
        PyArg_ParseTuple(arguments, "iy#:_own_cell", &family, &labels, &size) == 0)
      return {};
    if (family < 0) return number_of(std::nullopt);
    return number_of(series->own_cell({.family = static_cast<std::uint32_t>(family),
                                       .labels = {labels, static_cast<std::size_t>(size)}},
                                      ::getpid()));
  });
}

using Change = void (Series::*)(std::uint32_t, double) const;

template <Change Function>
PyObject* change_cell(PyObject* capsule, PyObject* arguments) {
  return at_python_boundary([capsule, arguments](Gil& /*held*/) -> Ref {
    const Series* const series = series_of(capsule);
    int number = 0;
    double amount = 0;
    if (series == nullptr || PyArg_ParseTuple(arguments, "id", &number, &amount) == 0) return {};
    if (number < 0)
      series->count_dropped();
    else
      (series->*Function)(static_cast<std::uint32_t>(number), amount);
    return Ref::none();
  });
}

PyObject* value(PyObject* capsule, PyObject* arguments) {
  return at_python_boundary([capsule, arguments](Gil& /*held*/) -> Ref {
    const Series* const series = series_of(capsule);
    int number = 0;
    if (series == nullptr || PyArg_ParseTuple(arguments, "i:_value", &number) == 0) return {};
    return Ref::steal(
        PyFloat_FromDouble(number < 0 ? 0 : series->value(static_cast<std::uint32_t>(number))));
  });
}

bool add_functions(PyObject* module, const Series& series) {
  static PyMethodDef functions[] = {{"_declare", declare, METH_VARARGS, nullptr},
                                    {"_cell", cell, METH_VARARGS, nullptr},
                                    {"_own_cell", own_cell, METH_VARARGS, nullptr},
                                    {"_add", change_cell<&Series::add>, METH_VARARGS, nullptr},
                                    {"_set", change_cell<&Series::set>, METH_VARARGS, nullptr},
                                    {"_value", value, METH_VARARGS, nullptr}};
  // PyCapsule_New takes void*; nothing writes to the object but through its const functions.
  const Ref capsule = Ref::steal(PyCapsule_New(const_cast<Series*>(&series), kSeries, nullptr));
  if (!capsule) return false;
  for (PyMethodDef& each : functions) {
    const Ref function = Ref::steal(PyCFunction_New(&each, capsule.get()));
    if (!function || PyObject_SetAttrString(module, each.ml_name, function.get()) != 0)
      return false;
  }
  return true;
}

}  // namespace

Ref make_metrics_module(Gil& /*held*/, const Series& series) {
  Ref module = Ref::steal(PyModule_New("warp.metrics"));
  const bool is_complete =
      module && add_functions(module.get(), series) &&
      run_source(kMetricsModuleSource, PyModule_GetDict(module.get())) &&
      PyDict_SetItemString(PyImport_GetModuleDict(), "warp.metrics", module.get()) == 0;
  return is_complete ? std::move(module) : Ref();
}

}  // namespace warp::python
