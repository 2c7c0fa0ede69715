// The command line's library, and how --help looks: in columns as wide as the terminal, and with
// names as one types them.
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstddef>
#include <string>
#include <vector>

namespace warp {

class HelpFormatter final : public CLI::Formatter {
 public:
  // columns: of the terminal; 0 for a file or a pipe, where a line is as long as its text.
  explicit HelpFormatter(std::size_t columns);

  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;

 private:
  [[nodiscard]] std::string entry(const std::string& name, const std::string& text) const;
  std::size_t columns_;
};

}  // namespace warp
