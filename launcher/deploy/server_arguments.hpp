// The arguments for the server that a project keeps in .warpdrive/server_args.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "launcher/host/host.hpp"

namespace warp {

// A list of words as the server gets them, and as they are written: variables keep their names, for
// a value may be a secret.
struct ServerArguments {
  std::vector<std::string> words{};
  std::vector<std::string> written{};
};

// Words with the shell's quotes and backslash; a line that begins with # is read over. $NAME,
// ${NAME} and ${NAME:-what else} stand for a variable outside single quotes. A value stays within
// its word, whatever it holds, and nothing in it means anything: no shell reads it. A variable that
// is not set is an error with `origin` and the line's number.
[[nodiscard]] Result<ServerArguments> expand_arguments(const std::string& origin,
                                                       std::string_view text,
                                                       const Environment& variables);

// The words of the file; none when there is no such file.
[[nodiscard]] Result<ServerArguments> read_server_arguments(const std::string& path,
                                                            const Environment& variables);

}  // namespace warp
