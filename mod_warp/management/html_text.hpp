// Writes HTML: markup of ours, and texts from elsewhere, which never become markup.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace warp::management {

// In elements and in quoted attributes.
[[nodiscard]] std::string as_html(std::string_view text);

struct Cell {
  std::string text;
  std::string_view kind = {};  // its class; ours
};

class HtmlText final {
 public:
  HtmlText& markup(std::string_view ours) {
    text_ += ours;
    return *this;
  }
  HtmlText& text(std::string_view any) {
    text_ += as_html(any);
    return *this;
  }
  // <tr>, with a class unless that is empty.
  void row(std::string_view kind, std::initializer_list<Cell> cells);

  [[nodiscard]] std::string finish() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace warp::management
