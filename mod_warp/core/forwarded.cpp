#include "mod_warp/core/forwarded.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp::core {
namespace {

// RFC 9110 5.6.2.
bool is_token_character(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kMarks.find(c) != std::string_view::npos;
}

// Proxies write addresses with ports, and even IPv6 addresses, without the quotes they need.
bool is_bare_value_character(char c) {
  return is_token_character(c) || c == ':' || c == '[' || c == ']';
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

class Parser final {
 public:
  Parser(std::string_view text, std::size_t most) : text_(text), most_(most) {}

  std::optional<std::vector<ForwardedElement>> run() {
    while (true) {
      skip_space();
      if (at_ == text_.size()) return std::move(elements_);
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      if (!take_element()) return std::nullopt;
    }
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  // Up to the comma or the end.
  bool take_element() {
    ForwardedElement element{.node = {}, .host = {}, .scheme = {}, .from_here = text_.substr(at_)};
    while (true) {
      if (!take_pair(element)) return false;
      skip_space();
      if (at_ == text_.size() || text_[at_] == ',') break;
      if (text_[at_] != ';') return false;
      ++at_;
      skip_space();
    }
    if (elements_.size() == 2 * most_)
      elements_.erase(elements_.begin(), elements_.end() - static_cast<std::ptrdiff_t>(most_));
    elements_.push_back(element);
    return true;
  }

  // An empty pair, as between two semicolons, is allowed.
  bool take_pair(ForwardedElement& element) {
    const std::string_view name = take_while(is_token_character);
    if (name.empty()) return at_ == text_.size() || text_[at_] == ';' || text_[at_] == ',';
    if (at_ == text_.size() || text_[at_] != '=') return false;
    ++at_;
    const auto value = take_value();
    if (!value) return false;
    std::string_view* const field = field_of(element, name);
    if (field == nullptr) return true;
    // Each parameter once (RFC 7239 4).
    if (!field->empty()) return false;
    *field = *value;
    return true;
  }

  std::optional<std::string_view> take_value() {
    if (at_ == text_.size() || text_[at_] != '"') {
      const std::string_view value = take_while(is_bare_value_character);
      return value.empty() ? std::nullopt : std::optional(value);
    }
    const std::size_t begin = ++at_;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    if (at_ >= text_.size()) return std::nullopt;
    return text_.substr(begin, at_++ - begin);
  }

  template <typename Fits>
  std::string_view take_while(Fits fits) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && fits(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  static std::string_view* field_of(ForwardedElement& element, std::string_view name) {
    if (equals_ignoring_case(name, "for")) return &element.node;
    if (equals_ignoring_case(name, "host")) return &element.host;
    if (equals_ignoring_case(name, "proto")) return &element.scheme;
    return nullptr;
  }

  std::string_view text_;
  std::size_t most_;
  std::size_t at_ = 0;
  std::vector<ForwardedElement> elements_;
};

}  // namespace

std::optional<std::vector<ForwardedElement>> parse_forwarded(std::string_view text,
                                                             std::size_t most) {
  return Parser(text, most).run();
}

}  // namespace warp::core
