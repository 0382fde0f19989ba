// title = "How two things are connected"
// docs = "All shortest paths between two things, of at most four edges of the seven kinds in either direction, with the sentences."
// questions = [
//   "how are {thing} and {other} connected?",
//   "how is {thing} connected to {other}?",
//   "what connects {thing} and {other}?",
//   "what connects {thing} to {other}?",
//   "what is the connection between {thing} and {other}?",
//   "how do {thing} and {other} relate?",
//   "how does {thing} relate to {other}?",
//   "what is the path from {thing} to {other}?",
//   "which paths are there between {thing} and {other}?",
//   "path from {thing} to {other}",
//   "connection between {thing} and {other}",
//   "what have {thing} and {other} to do with each other?",
//   "what does {thing} have to do with {other}?",
//   "what is the connection of {thing} to {other}?",
//   "connection of {thing} to {other}",
//   "are {thing} and {other} connected?",
//   "is {thing} connected to {other}?",
//   "what do {thing} and {other} have in common?",
//   "what has {thing} to do with {other}?",
//   "connect {thing} and {other}",
//   "connect {thing} to {other}",
//   "how does one get from {thing} to {other}?",
//   "what lies between {thing} and {other}?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence", "length", "step", "forward"]
// order = ["length", "step", "via_id", "answer_id", "statement"]
// shape = "paths"
// details = ["length"]
// unnamed = "unnamed method of {title}"
//
// [parameters.thing]
// families = ["method", "dataset", "task", "hardware"]
// help = "where the path begins"
//
// [parameters.other]
// families = ["method", "dataset", "task", "hardware"]
// binds = "other"
// help = "where the path ends"
//
// [reasons]
// improves-on = "{about} is said to improve on {other}"
// compared-with = "{about} is compared with {other}"
// builds-on = "{about} builds on {other}"
// evaluated-on = "{about} is evaluated on {other}"
// trained-on = "{about} is trained on {other}"
// runs-on = "{about} runs on {other}"
// addresses = "{about} addresses {other}"

// A row is a statement at one step of a path: it leads from `via` to the answer, or back where it is not `forward`. Without
// filters, paths of three and four edges are only sought where there are no shorter ones, since hubs have very many;
// with filters the fold leaves the longer ones out. Of each length the first thousand are taken.
// let linked = IMPROVES_ON|COMPARED_WITH|BUILDS_ON|EVALUATED_ON|TRAINED_ON|RUNS_ON|ADDRESSES
// let counts = coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
// let dated = MATCH (p:Paper {id: source}) WHERE $year IS NULL OR p.year = $year
// let far = $year IS NOT NULL OR $min_confidence > 0 OR (NOT EXISTS { MATCH (x)-[g:$linked]-(y) WHERE coalesce(g.rejected, false) = false } AND NOT EXISTS { MATCH (x)-[g:$linked]-(m)-[h:$linked]-(y) WHERE coalesce(g.rejected, false) = false AND coalesce(h.rejected, false) = false })
// let farther = $year IS NOT NULL OR $min_confidence > 0 OR NOT EXISTS { MATCH (x)-[g:$linked]-(m)-[h:$linked]-(n)-[i:$linked]-(y) WHERE coalesce(g.rejected, false) = false AND coalesce(h.rejected, false) = false AND coalesce(i.rejected, false) = false }
CALL () {
  MATCH (x:Entity {id: $id})
  MATCH (y:Entity {id: $other})
  MATCH (x)-[r:$linked]-(y)
  WHERE $counts
  WITH x, y, r.paper AS source
  $dated
  WITH DISTINCT x, y
  RETURN 1 AS length, x, y, x AS n1, x AS n2, x AS n3
UNION ALL
  MATCH (x:Entity {id: $id})
  MATCH (y:Entity {id: $other})
  MATCH (x)-[r:$linked]-(n1)
  WHERE $counts AND n1.id <> $id AND n1.id <> $other
  WITH x, y, n1, r.paper AS source
  $dated
  WITH DISTINCT x, y, n1
  MATCH (n1)-[r:$linked]-(y)
  WHERE $counts
  WITH x, y, n1, r.paper AS source
  $dated
  WITH DISTINCT x, y, n1 ORDER BY n1.id LIMIT 1000
  RETURN 2 AS length, x, y, n1, n1 AS n2, n1 AS n3
UNION ALL
  MATCH (x:Entity {id: $id})
  MATCH (y:Entity {id: $other})
  WHERE $far
  MATCH (x)-[r:$linked]-(n1)
  WHERE $counts AND n1.id <> $id AND n1.id <> $other
  WITH x, y, n1, r.paper AS source
  $dated
  WITH DISTINCT x, y, n1
  MATCH (n1)-[r:$linked]-(n2)
  WHERE $counts AND n2.id <> $id AND n2.id <> $other
  WITH x, y, n1, n2, r.paper AS source
  $dated
  WITH DISTINCT x, y, n1, n2
  MATCH (n2)-[r:$linked]-(y)
  WHERE $counts
  WITH x, y, n1, n2, r.paper AS source
  $dated
  WITH DISTINCT x, y, n1, n2 ORDER BY n1.id, n2.id LIMIT 1000
  RETURN 3 AS length, x, y, n1, n2, n2 AS n3
UNION ALL
  MATCH (x:Entity {id: $id})
  MATCH (y:Entity {id: $other})
  WHERE ($far) AND ($farther)
  MATCH (x)-[r:$linked]-(n1)
  WHERE $counts AND n1.id <> $id AND n1.id <> $other
  WITH x, y, n1, r.paper AS source
  $dated
  WITH DISTINCT x, y, n1
  MATCH (n1)-[r:$linked]-(n2)
  WHERE $counts AND n2.id <> $id AND n2.id <> $other
  WITH x, y, n1, n2, r.paper AS source
  $dated
  WITH DISTINCT x, y, n1, n2
  MATCH (n2)-[r:$linked]-(n3)
  WHERE $counts AND n3.id <> $id AND n3.id <> $other AND n3.id <> n1.id
  WITH x, y, n1, n2, n3, r.paper AS source
  $dated
  WITH DISTINCT x, y, n1, n2, n3
  MATCH (n3)-[r:$linked]-(y)
  WHERE $counts
  WITH x, y, n1, n2, n3, r.paper AS source
  $dated
  WITH DISTINCT x, y, n1, n2, n3 ORDER BY n1.id, n2.id, n3.id LIMIT 1000
  RETURN 4 AS length, x, y, n1, n2, n3
}
WITH length, x, y, n1, n2, n3
UNWIND range(1, length) AS step
WITH DISTINCT length, step,
  CASE step WHEN 1 THEN x WHEN 2 THEN n1 WHEN 3 THEN n2 ELSE n3 END AS via,
  CASE WHEN step = length THEN y WHEN step = 1 THEN n1 WHEN step = 2 THEN n2 ELSE n3 END AS answer
MATCH (via)-[r:$linked]-(answer)
WHERE $counts
WITH length, step, via, answer, r, r.paper AS source
$dated
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  CASE type(r) WHEN 'IMPROVES_ON' THEN 'improves-on' WHEN 'COMPARED_WITH' THEN 'compared-with'
    WHEN 'BUILDS_ON' THEN 'builds-on' WHEN 'EVALUATED_ON' THEN 'evaluated-on' WHEN 'TRAINED_ON' THEN 'trained-on'
    WHEN 'RUNS_ON' THEN 'runs-on' ELSE 'addresses' END AS reason,
  via.id AS via_id, CASE WHEN via:Paper THEN via.title ELSE via.name END AS via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence,
  length, step, startNode(r).id = via.id AS forward
ORDER BY length, step, via_id, answer_id, statement
