#include "launcher/image/dockerfile.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::string_view kLowerAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";

bool is_lower_or_digit(char character) {
  return kLowerAndDigits.find(character) != std::string_view::npos;
}

bool is_of_an_image_name(char character) {
  constexpr std::string_view kOthers = "._-/:@ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return is_lower_or_digit(character) || kOthers.find(character) != std::string_view::npos;
}

}  // namespace

std::string dockerfile_text(const std::string& builder, const std::string& image) {
  return "FROM " + builder +
         "\n"
         "LABEL io.k8s.display-name=\"" +
         image +
         "\" \\\n"
         "      org.opencontainers.image.title=\"" +
         image +
         "\" \\\n"
         "      io.openshift.s2i.build.image=\"" +
         builder +
         "\"\n"
         "COPY --chown=1001:0 . /tmp/src\n"
         "USER 1001\n"
         // An image that is built by layers has no incremental builds.
         "RUN WARPDRIVE_KEEP_WHEELS=0 /usr/libexec/s2i/assemble\n"
         "CMD [\"/usr/libexec/s2i/run\"]\n";
}

Result<std::string> image_name(std::string_view project) {
  std::string name = "warpdrive-";
  for (const char character : to_lower(project)) {
    if (is_lower_or_digit(character))
      name += character;
    else if (name.back() != '-')
      name += '-';
  }
  while (name.back() == '-') name.pop_back();
  if (name == "warpdrive")
    return fail(Errc::kInvalidSetting, "'" + printable(project) +
                                           "' has no letter or digit that an image's name may "
                                           "have; name it: warpdrive image NAME");
  return name;
}

Result<> check_image_name(std::string_view origin, std::string_view name) {
  if (!name.empty() && name.size() <= kLongestName && name.front() != '-' &&
      std::all_of(name.begin(), name.end(), is_of_an_image_name))
    return {};
  return fail(Errc::kInvalidSetting,
              std::string(origin) + ": '" + printable(name) + "' is not the name of an image");
}

}  // namespace warp
