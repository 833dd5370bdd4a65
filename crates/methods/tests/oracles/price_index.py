# Makes price_gaps.csv, and on standard output price_index.csv, with pyindexnum 0.4.0 (numpy < 2, polars).
# The manual's data: CPI and PPI manuals 2004, tables 19.1 and 19.2.
import warnings; warnings.simplefilter("ignore")
import polars as pl, numpy as np, pyindexnum as ix, random
from pyindexnum import extension as ex
from datetime import date
P=[[1.0,1.2,1.0,0.8,1.0],[1.0,3.0,1.0,0.5,1.0],[1.0,1.3,1.5,1.6,1.6],[1.0,0.7,0.5,0.3,0.1],[1.0,1.4,1.7,1.9,2.0],[1.0,0.8,0.6,0.4,0.2]]
Q=[[1.0,0.8,1.0,1.2,0.9],[1.0,0.9,1.1,1.2,1.2],[2.0,1.9,1.8,1.9,2.0],[1.0,1.3,3.0,6.0,12.0],[4.5,4.7,5.0,5.6,6.5],[0.5,0.6,0.8,1.3,2.5]]
def frame(cells):
    return pl.DataFrame([dict(period=date(2020+t//12,t%12+1,1),product_id=f"{i}",aggregated_price=p,aggregated_quantity=q) for (t,i),(p,q) in sorted(cells.items())])
manual={(t,i):(P[i][t],Q[i][t]) for i in range(6) for t in range(5)}
rng=random.Random(7)
gap={}
for t in range(9):
    for i in range(7):
        if (t,i)!=(0,0) and i!=1 and rng.random()<0.2: continue
        gap[(t,i)]=(round(5+i*3+rng.uniform(-2,3)+t*0.4,2),round(rng.uniform(1,50),1))
print("set,what,period,value")
def pr(s,w,t,v): print(f"{s},{w},{t},{v:.12f}")
for name,cells in (("manual",manual),("gaps",gap)):
    n=max(t for t,_ in cells)+1
    def sub(ts): return frame({k:v for k,v in cells.items() if k[0] in ts})
    kw={} if name=="manual" else dict(balanced=False)
    for f in ("jevons","dutot","carli","laspeyres","paasche","fisher","tornqvist","walsh"):
        g=getattr(ix,f); chain=1.0
        for t in range(1,n):
            pr(name,f,t,g(sub([0,t]),**kw))
            chain*=g(sub([t-1,t]),**kw); pr(name,"chained-"+f,t,chain)
    for f in ("geks_fisher","geks_tornqvist","geks_jevons"):
        g=getattr(ix,f)
        for t,v in enumerate(g(sub(range(n)),**kw)["index_value"]): pr(name,f.replace("_","-"),t,v)
    w=4
    for sname in ("movement","window","mean"):
        sp=getattr(ex,sname+"_splice"); g=ix.geks_tornqvist
        row=g(sub(range(w)),**kw)
        for last in range(w,n):
            new=g(sub(range(last+1-w,last+1)),**kw)
            tail=row.tail(w)
            out=sp(tail,new)
            row=pl.concat([row,out.tail(1)])
        for t,v in enumerate(row["index_value"]): pr(name,"rolling-"+sname,t,v)
with open("price_gaps.csv","w") as o:
    o.write("period,item,price,quantity\n")
    for (t,i),(p,q) in sorted(gap.items()): o.write(f"{t},{i},{p},{q}\n")
