// The response head's encoder: what it accepts decodes to the same if the fields keep the rules
// that its callers check, and is refused by the child if not.
#include <vector>

#include "fuzz_input.hpp"
#include "wire/response_head.hpp"

namespace {

using warp::FuzzInput;
using warp::wire::ResponseHead;

ResponseHead head_from(FuzzInput& input) {
  ResponseHead head;
  // Half of the inputs have a usual status, so that the fields are looked at.
  const std::uint8_t status = input.byte();
  head.status = status < 128 ? static_cast<std::uint16_t>(200 + status)
                             : static_cast<std::uint16_t>(input.number());
  head.reason = input.text(input.byte());
  while (!input.is_empty()) {
    const std::string_view name = input.text(input.byte());
    head.fields.push_back({.name = name, .value = input.text(input.byte())});
  }
  return head;
}

bool keeps_the_rules(const ResponseHead& head) {
  if (head.status < 200 || head.status > 999) return false;
  if (!warp::wire::is_field_value(head.reason)) return false;
  return std::all_of(head.fields.begin(), head.fields.end(), [](const auto& field) {
    return warp::wire::is_field_name(field.name) && warp::wire::is_field_value(field.value);
  });
}

bool is_same(const ResponseHead& a, const ResponseHead& b) {
  return a.status == b.status && a.reason == b.reason &&
         std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                    [](const auto& left, const auto& right) {
                      return left.name == right.name && left.value == right.value;
                    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FuzzInput input(data, size);
  const ResponseHead head = head_from(input);
  std::string payload;
  if (!warp::wire::encode_response_head(payload, head)) return 0;
  const auto decoded = warp::wire::decode_response_head(payload);
  warp::require(decoded.has_value() == keeps_the_rules(head));
  if (decoded) warp::require(is_same(*decoded, head));
  return 0;
}
