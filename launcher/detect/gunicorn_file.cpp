#include "launcher/detect/gunicorn_file.hpp"

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

Result<> apply(NamedApplication& named, const Constant& constant, const std::string& base) {
  if (!constant.value) {
    named.notes.push_back(
        {constant.name + " can't be told without running the file, so it is not taken",
         constant.where});
    return {};
  }
  const std::string& value = *constant.value;
  if (constant.name == "wsgi_app") {
    named.where = constant.where;
    return set_module(named, value);
  }
  if (constant.name == "chdir") named.directory = absolute(value, base);
  if (constant.name == "pythonpath")
    for (const std::string_view path : split(value, ','))
      named.python_path.push_back(absolute(path, base));
  if (constant.name == "workers")
    named.values.push_back({"processes", value, constant.where + ": workers"});
  if (constant.name == "threads")
    named.values.push_back({"threads", value, constant.where + ": threads"});
  return {};
}

}  // namespace

Result<NamedApplication> read_gunicorn_file(const Search& search, const std::string& path) {
  NamedApplication named{.server = "gunicorn", .where = name_of(path)};
  if (!can_survey(search.project)) return named;
  WARP_TRY(const std::vector<Constant> constants,
           read_constants(search, path, {"chdir", "pythonpath", "wsgi_app", "workers", "threads"}));
  for (const Constant& constant : constants) {
    if (constant.name.empty())
      return fail(Errc::kPython, path + " can't be read as Python: " + constant.value.value_or(""));
    WARP_CHECK(apply(named, constant, search.project.directory));
  }
  return named;
}

}  // namespace warp
