#include "wire/response_head.hpp"

#include <algorithm>
#include <array>

#include "wire/bytes.hpp"
#include "wire/frame.hpp"

namespace warp::wire {
namespace {

constexpr std::uint16_t kLowestStatus = 200;
constexpr std::uint16_t kHighestStatus = 999;
constexpr std::size_t kLongestShort = 0xffff;  // text and lists whose length is a u16
constexpr std::size_t kSmallestField = sizeof(std::uint16_t) + sizeof(std::uint32_t);

constexpr bool is_token_character(unsigned char byte) {
  constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
         (byte >= 'A' && byte <= 'Z') ||
         kSymbols.find(static_cast<char>(byte)) != std::string_view::npos;
}

// Looked up instead of computed: the child checks every byte of every name.
constexpr auto kIsTokenCharacter = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte)
    table[byte] = is_token_character(static_cast<unsigned char>(byte));
  return table;
}();

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

Result<ResponseHead> decode_head(std::string_view payload) {
  Reader reader(payload);
  ResponseHead head;
  WARP_TRY(head.status, reader.number<std::uint16_t>("status"));
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

tl::unexpected<Error> too_large() {
  return fail(Errc::kTooLarge, "response head exceeds the channel's bound of " +
                                   std::to_string(kMaxResponseHead) + " bytes");
}

}  // namespace

bool is_field_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return kIsTokenCharacter[static_cast<unsigned char>(c)];
  });
}

bool is_field_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), is_text_character);
}

Result<> encode_response_head(std::string& out, const ResponseHead& head) {
  if (head.reason.size() > kLongestShort || head.fields.size() > kLongestShort) return too_large();
  std::size_t size = 3 * sizeof(std::uint16_t) + head.reason.size();
  for (const HeaderField& field : head.fields) {
    if (field.name.size() > kLongestShort) return too_large();
    size += kSmallestField + field.name.size() + field.value.size();
  }
  if (size > kMaxResponseHead) return too_large();
  out.reserve(out.size() + size);
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
  return {};
}

Result<ResponseHead> decode_response_head(std::string_view payload) {
  WARP_TRY(ResponseHead head, decode_head(payload));
  if (head.status < kLowestStatus || head.status > kHighestStatus)
    return fail(Errc::kProtocol,
                "response status " + std::to_string(head.status) + " is not from 200 to 999");
  return head;
}

Result<ResponseHead> decode_interim_head(std::string_view payload) {
  WARP_TRY(ResponseHead head, decode_head(payload));
  if (head.status != kEarlyHints)
    return fail(Errc::kProtocol,
                "status " + std::to_string(head.status) + " of an interim response is not 103");
  return head;
}

}  // namespace warp::wire
