// title = "What reaches which number on a dataset, best first"
// docs = "The numbers that are reported on a dataset, metric by metric, best first; for a method or model, its numbers on all datasets."
// questions = [
//   "what are the best methods on {dataset} by {metric}?",
//   "what are the best results on {dataset} by {metric}?",
//   "which methods are best on {dataset} by {metric}?",
//   "which methods are best on {dataset} in terms of {metric}?",
//   "which methods perform best on {dataset} by {metric}?",
//   "who is best on {dataset} by {metric}?",
//   "leaderboard of {dataset} by {metric}",
//   "leaderboard for {dataset} by {metric}",
//   "{dataset} leaderboard by {metric}",
//   "rank the methods on {dataset} by {metric}",
//   "ranking of methods on {dataset} by {metric}",
//   "ranking of methods for {dataset} by {metric}",
//   "scores on {dataset} by {metric}",
//   "best methods on {dataset} by {metric}",
//   "best methods on {dataset} ranked by {metric}",
//   "which methods have the best score on {dataset}?",
//   "which methods have the best {metric} on {dataset}?",
//   "which methods reach the best score on {dataset}?",
//   "which methods reach the best {metric} on {dataset}?",
//   "who has the best score on {dataset}?",
//   "who has the best {metric} on {dataset}?",
//   "which score does {system} reach on {dataset}?",
//   "which accuracy does {system} reach on {dataset}?",
//   "which accuracy has {system} on {dataset}?",
//   "what is the score of {system} on {dataset}?",
//   "what is the accuracy of {system} on {dataset}?",
//   "what does {system} score on {dataset}?",
//   "how do methods perform on {dataset}?",
//   "how well do methods perform on {dataset}?",
//   "how does {system} perform on {dataset}?",
//   "how well does {system} perform on {dataset}?",
//   "how well is {system} performing on {dataset}?",
//   "how good is {system} on {dataset}?",
//   "how good is {system} at {dataset}?",
//   "how high does {system} score on {dataset}?",
//   "best score on {dataset}",
//   "score of {system} on {dataset}",
//   "scores of {system} on {dataset}",
//   "{system}'s scores on {dataset}",
//   "what are the best methods on {dataset}?",
//   "which methods are best on {dataset}?",
//   "which methods perform best on {dataset}?",
//   "which methods lead on {dataset}?",
//   "what leads on {dataset}?",
//   "who leads on {dataset}?",
//   "who leads {dataset}?",
//   "which methods lead the {dataset} leaderboard?",
//   "who leads the {dataset} leaderboard?",
//   "who is best on {dataset}?",
//   "who performs best on {dataset}?",
//   "what is best on {dataset}?",
//   "who holds the record on {dataset}?",
//   "what is the record on {dataset}?",
//   "what is the record for {dataset}?",
//   "what is the state of the art on {dataset}?",
//   "what is state of the art on {dataset}?",
//   "which methods are state of the art on {dataset}?",
//   "state of the art on {dataset}",
//   "state of the art for {dataset}",
//   "{dataset} state of the art",
//   "SOTA on {dataset}",
//   "SOTA for {dataset}",
//   "{dataset} SOTA",
//   "best score reported on {dataset}",
//   "best {metric} reported on {dataset}",
//   "best score anyone has reached on {dataset}",
//   "best {metric} anyone has reached on {dataset}",
//   "which scores are reported on {dataset}?",
//   "what was reached on {dataset}?",
//   "which metrics are used on {dataset}?",
//   "which metrics are reported on {dataset}?",
//   "by which metrics are methods measured on {dataset}?",
//   "by which metrics is {dataset} measured?",
//   "what do papers measure on {dataset}?",
//   "which metrics do papers use on {dataset}?",
//   "how is {dataset} measured?",
//   "metrics on {dataset}",
//   "metrics for {dataset}",
//   "leaderboard of {dataset}",
//   "leaderboard for {dataset}",
//   "{dataset} leaderboard",
//   "rank the methods on {dataset}",
//   "ranking of methods on {dataset}",
//   "ranking of methods for {dataset}",
//   "ranking on {dataset}",
//   "best methods on {dataset}",
//   "best {metric} on {dataset}",
//   "scores on {dataset}",
//   "what are the scores of {thing}?",
//   "which scores does {method} reach?",
//   "what does {method} score?",
//   "how well does {method} perform?",
//   "how good is {method}?",
//   "which scores are reported for {thing}?",
//   "which scores are there for {thing}?",
//   "which scores exist for {thing}?",
//   "scores of {method} on all datasets",
//   "scores of {thing}",
//   "scores for {thing}",
//   "{thing}'s scores",
//   "{thing} scores",
//   "which metrics are used for {dataset}?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "claim", "value", "value_max", "unit", "metric", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// shape = "results"
// details = ["claim", "value", "value_max", "unit", "metric"]
// unnamed = "unnamed method of {title}"
//
// [parameters.dataset]
// families = ["dataset"]
// help = "the dataset or benchmark whose best results are asked for"
//
// [parameters.method]
// families = ["method"]
// help = "the method or model whose results are asked for"
//
// [parameters.thing]
// families = ["dataset", "method"]
// help = "either of them"
//
// [parameters.metric]
// families = ["metric"]
// binds = "other"
// required = false
// help = "the metric by which they are ranked"
//
// [parameters.system]
// families = ["method"]
// binds = "other"
// required = false
// help = "the only method or model whose results on the dataset are asked for"
//
// [reasons]
// score-on = "on {about}"
// score-of = "by {about}"

// A score is a level that is reached: what says how much better something is (a sign, a factor, points ahead of the state
// of the art) is none, nor is a bare count ("600M"). A number of no metric that speaks for nobody is a size. A dataset is
// no contestant on itself. Who asks for accuracy gets top-1 accuracy too.
CALL () {
  MATCH (x:Entity {id: $id})<-[:ON]-(c:Claim)-[:ABOUT]->(answer)
  WHERE answer.id <> $id
  RETURN c, answer, 'score-on' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[:ABOUT]-(c:Claim)-[:ON]->(answer:Entity)
  WHERE NOT x:Dataset
  RETURN c, answer, 'score-of' AS reason
}
WITH c, answer, reason
WHERE c.kind IN ['result', 'sota'] AND c.value IS NOT NULL AND coalesce(c.unit, '') <> 'x'
  AND (c.kind = 'result' OR coalesce(c.unit, '') <> 'points')
  AND NOT coalesce(c.value_text, '') STARTS WITH '+' AND NOT (c.unit IS NULL AND coalesce(c.value_text, '') =~ '.*[A-Za-z]')
  AND coalesce(c.rejected, false) = false AND c.confidence >= $min_confidence
OPTIONAL MATCH (c)-[:MEASURED_BY]->(m:Entity)
WITH c, answer, reason, m
WHERE (m IS NOT NULL OR c.polarity <> '0')
  AND ($other IS NULL OR answer.id = $other OR m.id = $other
       OR ($other STARTS WITH 'metric/' AND m.id ENDS WITH '-' + substring($other, 7)))
MATCH (c)-[:STATED_IN]->(p:Paper)
WHERE $year IS NULL OR p.year = $year
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  reason, CASE WHEN m IS NULL THEN '' ELSE m.id END AS via_id,
  c.kind AS claim, c.value AS value, c.value_max AS value_max, c.unit AS unit,
  CASE WHEN m IS NULL THEN null ELSE m.name END AS metric,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  c.id AS statement, c.evidence AS sentence, c.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
