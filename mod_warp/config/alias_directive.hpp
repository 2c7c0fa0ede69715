// The directives that lead requests to an application, from text to values.
#pragma once

#include "base/result.hpp"
#include "mod_warp/config/server_config.hpp"

namespace warp {

[[nodiscard]] SourceLine source_of(const cmd_parms* command);

// WarpScriptAlias, WarpScriptAliasMatch, WarpHandlerScript: KEY TARGET [option=value ...].
[[nodiscard]] Result<AliasDirective> parse_alias(const cmd_parms* command, AliasKind kind,
                                                 const char* arguments);

// WarpImportScript: PATH [process-group=NAME].
[[nodiscard]] Result<ImportDirective> parse_import(const cmd_parms* command, const char* arguments);

}  // namespace warp
