#include "launcher/detect/django_answer.hpp"

#include "base/strings.hpp"
#include "launcher/host/json.hpp"

namespace warp {

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
                .has_staticfiles = is_true(answer, "has_staticfiles")};
}

}  // namespace warp
