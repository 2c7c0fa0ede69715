#include "python/development/error_pages.hpp"

#include "base/strings.hpp"
#include "python/sources.hpp"

namespace warp::python {

PageForm page_form_for(std::string_view accept) {
  return to_lower(accept).find("text/html") == std::string::npos ? PageForm::kText
                                                                 : PageForm::kHtml;
}

bool ErrorPages::prepare(Gil& /*held*/) {
  Ref functions = Ref::steal(PyDict_New());
  const Ref file = Ref::steal(PyUnicode_FromString(kSourceFile));
  if (!functions || !file || PyDict_SetItemString(functions.get(), "__file__", file.get()) != 0 ||
      !run_source(kErrorPageSource, functions.get()))
    return false;
  functions_ = std::move(functions);
  return true;
}

std::optional<std::string> ErrorPages::make(Gil& /*held*/, PageForm form,
                                            const Subject& subject) const {
  if (!functions_) return std::nullopt;
  PyObject* const function =
      PyDict_GetItemString(functions_.get(), form == PageForm::kHtml ? "html_page" : "text_page");
  PyObject* const environ = subject.environ == nullptr ? Py_None : subject.environ;
  const Ref page = function == nullptr
                       ? Ref()
                       : Ref::steal(PyObject_CallFunction(function, "OOs", subject.exception,
                                                          environ, subject.event));
  if (page && PyBytes_Check(page.get()))
    return std::string(PyBytes_AS_STRING(page.get()),
                       static_cast<std::size_t>(PyBytes_GET_SIZE(page.get())));
  PyErr_Clear();
  return std::nullopt;
}

}  // namespace warp::python
