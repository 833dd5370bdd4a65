# What R reads from the server's SDMX, held against the ledger; arguments as of sdmx_clients.py. The package makes numbers of
# values, so they are compared as numbers. Ends with 1 at the first difference.
suppressWarnings(suppressMessages(library(rsdmx)))
given <- commandArgs(trailingOnly = TRUE)
base <- paste0(given[1], "/2.1")
fail <- function(...) { message("FAILED ", ...); quit(status = 1) }

known <- read.delim(given[2], header = FALSE, quote = "", colClasses = "character", encoding = "UTF-8",
  col.names = c("indicator", "region", "facet", "months", "value", "unit", "vintage", "source"))
key_of <- function(rows) paste(rows$INDICATOR, rows$REF_AREA,
  ifelse(startsWith(rows$MEASURE, "GROWTH"), "growth", "level"), mapply(months, rows$FREQ, rows$MEASURE, rows$obsTime))
# The months that a figure is about, from its key alone: what docs/sdmx.md promises.
months <- function(frequency, measure, time) {
  year <- substr(time, 1, 4)
  rest <- substring(time, 6)
  if (endsWith(measure, "_YTD")) return(paste0(year, "-01..", rest))
  if (frequency == "A") return(paste0(year, "-01..12"))
  if (frequency == "M") return(paste0(year, "-", rest, "..", rest))
  length <- c(S = 6, Q = 3)[[frequency]]
  last <- as.integer(substring(rest, 2)) * length
  sprintf("%s-%02d..%02d", year, last - length + 1, last)
}
compare <- function(name, rows, whole) {
  at <- match(key_of(rows), paste(known$indicator, known$region, known$facet, known$months))
  if (anyNA(at)) fail(name, ": the ledger has no ", key_of(rows)[is.na(at)][1])
  figure <- known[at, ]
  same <- as.numeric(figure$value) == as.numeric(rows$obsValue)
  same[is.na(same)] <- (figure$value == "" & is.na(rows$obsValue))[is.na(same)]
  same <- same & figure$unit == rows$UNIT_TEXT & figure$vintage == rows$VINTAGE & figure$source == rows$SOURCE
  if (!all(same)) fail(name, ": ", key_of(rows)[!same][1], " is another figure")
  found <- length(unique(at))
  if (whole && found != nrow(known)) fail(name, ": ", nrow(known) - found, " figures are missing")
  cat("ok ", name, ": ", nrow(rows), " observations, ", found, " of ", nrow(known), " figures\n", sep = "")
}
read <- function(...) suppressWarnings(readSDMX(...))
table <- function(data, ...) suppressWarnings(as.data.frame(data, stringsAsFactors = FALSE, ...))

flows <- table(read(paste0(base, "/dataflow")))
if (!identical(flows$id, "DF_FIGURES")) fail("dataflows: ", flows$id)
compare("rsdmx generic 2.1", table(read(paste0(base, "/data/DF_FIGURES"))), TRUE)

provider <- SDMXServiceProvider(agencyId = "DUIXIAN", name = "Duixian", scale = "local", country = "CHN",
  builder = SDMXREST21RequestBuilder(regUrl = base, repoUrl = base, compliant = TRUE))
invisible(addSDMXServiceProvider(provider))
data <- read(providerId = "DUIXIAN", resource = "data", flowRef = "DF_FIGURES", key = list("M", NULL, "gdp", NULL),
  start = 2023, end = 2024, dsd = TRUE)
rows <- table(data, labels = TRUE)
compare("rsdmx by provider and key", rows, FALSE)
if (!all(rows$INDICATOR_label.zh == "地区生产总值")) fail("names: ", unique(rows$INDICATOR_label.zh))
cat("ok rsdmx names of codes\n")
