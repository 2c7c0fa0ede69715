// The request head's encoder: every environ that it accepts decodes to the same.
#include <utility>
#include <vector>

#include "fuzz_input.hpp"
#include "wire/environ_key.hpp"
#include "wire/request_head.hpp"

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

std::vector<Pair> environ_from(warp::FuzzInput& input) {
  std::vector<Pair> pairs;
  while (!input.is_empty()) {
    const std::uint8_t code = input.byte();
    // Some names have a code and travel as a byte.
    const std::string_view name = warp::wire::environ_name(code).value_or(input.text(code / 4));
    if (!name.empty()) pairs.emplace_back(name, input.text(input.byte()));
  }
  return pairs;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  warp::FuzzInput input(data, size);
  warp::wire::RequestHead head;
  head.request_id = input.number();
  head.body = static_cast<warp::wire::BodyKind>(input.byte() % 3);
  if (head.body == warp::wire::BodyKind::kSized) head.body_length = input.number();
  const std::vector<Pair> pairs = environ_from(input);

  std::string payload;
  warp::wire::RequestHeadEncoder encoder(payload, head);
  for (const auto& [name, value] : pairs) encoder.add(name, value);
  if (!encoder.finish()) return 0;
  const auto decoded = warp::wire::decode_request_head(payload);
  warp::require(decoded.has_value());
  warp::require(decoded->request_id == head.request_id && decoded->body == head.body &&
                decoded->body_length == head.body_length);
  warp::require(decoded->environ.size() == pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i)
    warp::require(decoded->environ[i].name == pairs[i].first &&
                  decoded->environ[i].value == pairs[i].second);
  return 0;
}
