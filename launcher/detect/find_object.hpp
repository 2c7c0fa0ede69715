// An application in app.py, main.py or a package, by what it is and not by what the file is called;
// else a script that listens on $PORT by itself.
#pragma once

#include "launcher/detect/survey.hpp"

namespace warp {

[[nodiscard]] Result<bool> look_for_object(Search& search);

}  // namespace warp
