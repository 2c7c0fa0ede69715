#include "launcher/detect/django_answer.hpp"

#include "base/strings.hpp"
#include "launcher/host/json.hpp"

namespace warp {
namespace {

std::vector<std::string> texts_of(const Json& object, const char* name) {
  std::vector<std::string> texts;
  const Json* const member = member_of(object, name);
  if (member == nullptr || !member->is_array()) return texts;
  for (const Json& each : *member)
    if (each.is_string()) texts.push_back(each.get<std::string>());
  return texts;
}

}  // namespace

Result<Django> parse_django_answer(std::string_view json) {
  const Json answer = parse_json(json);
  if (!answer.is_object())
    return fail(Errc::kPython,
                "the Django settings gave no answer (the process of the project's "
                "Python ended early?): '" +
                    printable(json.substr(0, 200)) + "'");
  return Django{.wsgi_application = text_of(answer, "wsgi_application"),
                .static_url = text_of(answer, "static_url"),
                .static_root = text_of(answer, "static_root"),
                .whitenoise_root = text_of(answer, "whitenoise_root"),
                .has_whitenoise = is_true(answer, "has_whitenoise"),
                .has_staticfiles = is_true(answer, "has_staticfiles"),
                .is_debugging = is_true(answer, "is_debugging"),
                .has_weak_key = is_true(answer, "has_weak_key"),
                .allowed_hosts = texts_of(answer, "allowed_hosts")};
}

}  // namespace warp
