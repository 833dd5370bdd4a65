# Writes ets.csv: models of R's `forecast` (8.20) on the series of series.csv and on seeded ones.
# Lines: "series",name,period,values… and "model",name,model,alpha,beta,gamma,phi,level,slope,
# log-likelihood,AICc,|,season (oldest first)…,|,points of the next steps (one period, or four).
# Usage: Rscript ets.R series.csv > ets.csv
suppressMessages(library(forecast))
options(warn = -1, digits = 17)
say <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = "")
number <- function(x) format(x, digits = 17, trim = TRUE)
sets <- list()
for (line in strsplit(readLines(commandArgs(TRUE)[1]), ",")) {
  sets[[line[1]]] <- ts(as.numeric(line[-1]), frequency = 12)
}
# The points from R's last states; its forecast() gives means for ETS(M,*,M), which lie a little apart.
ahead <- function(last, phi, t, s, period) {
  h <- seq_len(max(4, period))
  points <- last[["l"]] + if (t == "N") 0 else last[["b"]] * cumsum(phi^h)
  if (s == "N") return(points)
  season <- rev(last[(length(last) - period + 1):length(last)])[(h - 1) %% period + 1]
  as.numeric(if (s == "A") points + season else points * season)
}
set.seed(20261124)
made <- function(period, count, base, slope, size, noise, product) {
  season <- rnorm(period); season <- if (period > 1) size * (season - mean(season)) / sd(season) else 0
  walk <- cumsum(rnorm(count, 0, noise / 3)) + rnorm(count, 0, noise)
  at <- seq_len(count)
  x <- slope * at + season[(at - 1) %% period + 1] + walk
  ts(round(if (product) base * exp(x) else base * (1 + x), 3), frequency = period)
}
sets$merged <- made(11, 110, 320, 0.005, 0.2, 0.02, TRUE)
sets$merged_short <- made(11, 47, 90, 0.008, 0.15, 0.04, TRUE)
sets$monthly <- made(12, 96, 1500, 0.004, 0.1, 0.02, TRUE)
sets$monthly_flat <- made(12, 72, 40, 0, 0.3, 0.05, FALSE)
sets$signed <- made(12, 84, 5, 0.01, 1.2, 0.4, FALSE)
sets$quarterly <- made(4, 48, 210, 0.015, 0.1, 0.02, TRUE)
sets$yearly <- made(1, 30, 800, 0.06, 0, 0.03, TRUE)
sets$noise <- ts(round(rnorm(60, 100, 10), 3), frequency = 12)
for (name in names(sets)) {
  y <- sets[[name]]; period <- frequency(y)
  say("series", name, period, number(as.numeric(y)))
  for (e in c("A", "M")) for (t in c("N", "A", "Ad")) for (s in c("N", "A", "M")) {
    if ((e == "A" && s == "M") || (period == 1 && s != "N")) next
    if (min(y) <= 0 && (e == "M" || s == "M")) next
    f <- tryCatch(ets(y, model = paste0(e, substr(t, 1, 1), s), damped = t == "Ad"), error = function(e) NULL)
    if (is.null(f)) next
    one <- function(of, otherwise) if (of %in% names(f$par)) f$par[[of]] else otherwise
    first <- f$states[1, ]
    # R keeps the newest season first.
    season <- if (s == "N") c() else rev(first[(length(first) - period + 1):length(first)])
    slope <- if (t == "N") 0 else first[["b"]]
    say("model", name, paste0("ETS(", e, " ", t, " ", s, ")"), number(c(one("alpha", 0), one("beta", 0), one("gamma", 0), one("phi", 1), first[["l"]], slope, f$loglik, f$aicc)), "|", if (length(season)) number(season), "|", number(ahead(f$states[nrow(f$states), ], one("phi", 1), t, s, period)))
  }
}
