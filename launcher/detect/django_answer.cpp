#include "launcher/detect/django_answer.hpp"

#include <nlohmann/json.hpp>

#include "base/strings.hpp"

namespace warp {
namespace {

std::string text_of(const nlohmann::json& answer, const char* name) {
  const auto found = answer.find(name);
  return found != answer.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Result<Django> parse_django_answer(std::string_view json) {
  const nlohmann::json answer =
      nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false, /*ignore_comments=*/false);
  if (!answer.is_object())
    return fail(Errc::kPython,
                "the Django settings gave no answer (the process of the project's "
                "Python ended early?): '" +
                    printable(json.substr(0, 200)) + "'");
  const auto staticfiles = answer.find("has_staticfiles");
  return Django{.wsgi_application = text_of(answer, "wsgi_application"),
                .static_url = text_of(answer, "static_url"),
                .static_root = text_of(answer, "static_root"),
                .has_staticfiles = staticfiles != answer.end() && staticfiles->is_boolean() &&
                                   staticfiles->get<bool>()};
}

}  // namespace warp
