#include "mod_warp/management/html_text.hpp"

namespace warp::management {
namespace {

std::string class_of(std::string_view kind) {
  return kind.empty() ? std::string() : " class=\"" + std::string(kind) + "\"";
}

}  // namespace

std::string as_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

void HtmlText::row(std::string_view kind, std::initializer_list<Cell> cells) {
  markup("<tr").markup(class_of(kind)).markup(">");
  for (const Cell& cell : cells)
    markup("<td").markup(class_of(cell.kind)).markup(">").text(cell.text).markup("</td>");
  markup("</tr>\n");
}

}  // namespace warp::management
