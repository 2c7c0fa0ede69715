#include "wire/response_head.hpp"

#include <algorithm>

#include "wire/bytes.hpp"
#include "wire/frame.hpp"

namespace warp::wire {
namespace {

constexpr std::uint16_t kLowestStatus = 200;
constexpr std::uint16_t kHighestStatus = 999;
constexpr std::size_t kSmallestField = sizeof(std::uint16_t) + sizeof(std::uint32_t);

bool is_token_character(char c) {
  constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kSymbols.find(c) != std::string_view::npos;
}

bool is_text_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

Result<HeaderField> read_field(Reader& reader) {
  HeaderField field;
  WARP_TRY(field.name, reader.text<std::uint16_t>("field name"));
  WARP_TRY(field.value, reader.text<std::uint32_t>("field value"));
  if (!is_field_name(field.name))
    return fail(Errc::kProtocol, "response field name is not a token");
  if (!is_field_value(field.value))
    return fail(Errc::kProtocol, "response field value holds control characters");
  return field;
}

tl::unexpected<Error> too_large() {
  return fail(Errc::kTooLarge, "response head exceeds the channel's bound of " +
                                   std::to_string(kMaxResponseHead) + " bytes");
}

}  // namespace

bool is_field_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), is_token_character);
}

bool is_field_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), is_text_character);
}

Result<> encode_response_head(std::string& out, const ResponseHead& head) {
  constexpr std::size_t kLongest = 0xffff;
  const bool is_countable =
      head.fields.size() <= kLongest && head.reason.size() <= kLongest &&
      std::all_of(head.fields.begin(), head.fields.end(), [](const HeaderField& field) {
        return field.name.size() <= kLongest && field.value.size() <= kMaxResponseHead;
      });
  if (!is_countable) return too_large();
  const std::size_t start = out.size();
  put_number(out, head.status);
  put_number(out, static_cast<std::uint16_t>(head.reason.size()));
  out += head.reason;
  put_number(out, static_cast<std::uint16_t>(head.fields.size()));
  for (const HeaderField& field : head.fields) {
    put_number(out, static_cast<std::uint16_t>(field.name.size()));
    out += field.name;
    put_number(out, static_cast<std::uint32_t>(field.value.size()));
    out += field.value;
  }
  if (out.size() - start > kMaxResponseHead) return too_large();
  return {};
}

Result<ResponseHead> decode_response_head(std::string_view payload) {
  Reader reader(payload);
  ResponseHead head;
  WARP_TRY(head.status, reader.number<std::uint16_t>("status"));
  if (head.status < kLowestStatus || head.status > kHighestStatus)
    return fail(Errc::kProtocol,
                "response status " + std::to_string(head.status) + " is not from 200 to 999");
  WARP_TRY(head.reason, reader.text<std::uint16_t>("reason"));
  if (!is_field_value(head.reason))
    return fail(Errc::kProtocol, "response reason holds control characters");
  WARP_TRY(const auto count, reader.number<std::uint16_t>("field count"));
  if (count > reader.remaining() / kSmallestField)
    return fail(Errc::kProtocol, "field count exceeds the response head");
  head.fields.reserve(count);
  for (std::uint16_t i = 0; i < count; ++i) {
    WARP_TRY(const HeaderField field, read_field(reader));
    head.fields.push_back(field);
  }
  WARP_CHECK(reader.expect_end("response head"));
  return head;
}

}  // namespace warp::wire
